"""Do passages show why an article was found?"""
