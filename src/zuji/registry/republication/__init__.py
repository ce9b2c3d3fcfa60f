"""What a published factor does to the footprints of the province: seen before it is signed, carried out after. Factors never know footprints."""
