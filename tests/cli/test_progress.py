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
            for seconds in (0.0, 1.0, 9e5):
                assert len(line(done, total, seconds, width)) < width


def test_the_bar_is_full_at_the_end():
    assert line(10, 10, 1.0, 100).startswith("█" * 24 + " 10 of 10")
