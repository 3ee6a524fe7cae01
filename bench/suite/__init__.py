"""What bench/run is made of: machine (where it runs), servers (what is measured), cases, ack, web, tls and journal (how;
fan_out: beside plain lines), and what is told of it: results (judged), tables, prose (sentences that depend on figures), page.
"""
