"""Here is text; what are its terms and sentences?

    analyzer.py    which terms, and where        Analyzer, the one way from text to terms
    settings.py    how an archive reads words    Settings, load_settings
    sentences.py   where do sentences end        sentences
    bulk.py        the same for many texts       BulkAnalyzer

The other modules are the rules that these use. Nothing is imported here, so that who asks for settings only
does not pay for the analyzer.
"""
