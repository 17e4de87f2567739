// Jest's second project: the stories again, over five subgraph processes and a gateway.
process.env.TOPOLOGY = 'distributed';
