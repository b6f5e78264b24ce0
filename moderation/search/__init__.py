"""Search over everything one may see. May import models and policy; access decides what it is given to search in."""
