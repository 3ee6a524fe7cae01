"""What bench/run is made of: machine (where it runs), servers (what is measured), cases (how), page (what is told)."""
