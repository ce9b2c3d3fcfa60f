"""Products of enterprises and their versions: the answers to a product model's questionnaire, with every change ever made."""
