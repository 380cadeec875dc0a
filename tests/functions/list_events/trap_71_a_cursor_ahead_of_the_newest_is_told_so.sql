select plan(3);
select tests.item('disc');
select tests.refuses('select * from apartado.list_events(null, 1)', 'RS403', 'after', 'as after a restore');
select tests.refuses('select * from apartado.list_events(null, 9223372036854775807)', 'RS403', 'after', 'however far');
select apartado._number_events();
select is_empty('select * from apartado.list_events(null, 1)', 'the newest itself is right');
