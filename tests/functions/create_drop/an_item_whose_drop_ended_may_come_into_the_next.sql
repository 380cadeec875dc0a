select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc');
select tests.drop_of('0', '1 hour', 'disc');
select tests.advance('1 hour');
select is(phase, 'upcoming', 'a second release') from apartado.create_drop(null, 'Again', array[apartado.item_id('disc')], '2030-01-02');
select is(string_agg(cardinality(items)::text, ' ' order by drop_id), '0 1', 'it is of the new one') from apartado.list_drops(null);
select tests.commits();
