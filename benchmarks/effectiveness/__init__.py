"""How well does a search rank, measured on the test collections against other engines?"""
