"""kquant_helpers: the small package behind the kquant notebooks."""
