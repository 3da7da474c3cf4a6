"""Here is text; what are its terms and sentences?"""

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.sentences import sentences
from indexer.analysis.settings import Settings
from indexer.analysis.token import Token

__all__ = ["Analyzer", "Settings", "Token", "sentences"]
