-- depends: 0009.sessions
-- What is sold is found without reading all stock. Of what changes in a stock row at every command nothing has an index;
-- the total changes with deliveries only.

create index if not exists stock_without_units on apartado.stock (stock_id) where total = 0;
