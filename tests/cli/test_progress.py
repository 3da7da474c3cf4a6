"""Promise: a bar appears only on a terminal, only when it takes long, and leaves nothing behind."""

import io

from indexer.cli.progress import Bar, line


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_quick_job_shows_nothing():
    stream, clock = Terminal(), Clock()
    with Bar(stream, clock) as bar:
        clock.now = 0.9
        bar(50, 100)
    assert stream.getvalue() == ""


def test_a_long_job_is_drawn_ten_times_a_second_and_erased():
    stream, clock = Terminal(), Clock()
    with Bar(stream, clock) as bar:
        for step in range(300):
            clock.now = step / 100
            bar(step, 300)
    drawn = stream.getvalue().split("\r\x1b[K")
    assert 18 <= len([text for text in drawn if text]) <= 21
    assert drawn[-1] == ""
    assert "of 300 articles · 100 a second" in drawn[-2]


def test_it_is_erased_when_the_job_fails():
    stream, clock = Terminal(), Clock()
    try:
        with Bar(stream, clock) as bar:
            clock.now = 2
            bar(1, 3)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_pipe_or_a_quiet_search_shows_nothing():
    clock = Clock()
    for stream, quiet in ((io.StringIO(), False), (Terminal(), True)):
        with Bar(stream, clock, quiet) as bar:
            clock.now += 5
            bar(1, 2)
        assert stream.getvalue() == ""


def test_a_drawing_fits_the_terminal():
    for width in (24, 40, 60, 100):
        for done, total in ((0, 0), (0, 10), (5, 10), (20, 10), (999_999, 1_000_000)):
            for rate in (0.0, 0.001, 1.0, 9e5):
                assert len(line(done, total, rate, width)) < width


def test_the_bar_is_full_at_the_end():
    assert line(10, 10, 1.0, 100) == "█" * 24 + " 10 articles · finishing"


def test_the_rate_follows_a_change_of_pace():
    stream, clock = Terminal(), Clock()
    with Bar(stream, clock) as bar:
        for step in range(1, 401):
            clock.now = step / 10
            bar(min(step, 200) * 100 + max(step - 200, 0), 50_000)
    assert "· 10 a second" in stream.getvalue().split("\r\x1b[K")[-2]


def test_the_end_is_drawn_at_once_so_that_writing_does_not_look_stuck():
    stream, clock = Terminal(), Clock()
    with Bar(stream, clock) as bar:
        clock.now = 2
        bar(9, 10)
        clock.now = 2.01
        bar(10, 10)
    assert "10 articles · finishing" in stream.getvalue()
