select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('free');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
create temporary table before as select tests.state();
select is((f.stock = s, f.expired, f.promoted), (true, 0, 0), 'the row comes back as it was') from apartado.stock s, apartado._settle(s, apartado.clock()) f;
select results_eq('select tests.state()', 'select * from before', 'nothing is written');
