select plan(2);
select tests.item('disc');
insert into apartado.locations (code, name) values ('annex', 'Annex');
create temporary table d as select tests.drop_of('1 hour', null, 'disc') as id;
select from apartado.set_policy(null, 'patient', '{"hold": 200}', p_drop => (select id from d));
select from apartado.set_policy(null, 'brisk', '{"hold_cap": 100, "payment_window": 60}', p_location => 'annex');
select tests.refuses(format($$select * from apartado.add_wave(null, %s, apartado.item_id('disc'), 2, apartado.clock() + interval '2 hours', 'annex')$$, (select id from d)),
                     'RS205/conflict', 'location', 'of the drop and of the place');
select tests.commits();
