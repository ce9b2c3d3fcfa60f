"""The generated part of the documentation: pages made from the code and the data that they describe."""
