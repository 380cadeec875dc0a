select plan(1);
select tests.members('ana', 'ben'), tests.item('disc', 3), tests.item('lp', 2);
insert into apartado.locations (code, name) values ('till', 'Till');
select from apartado.transfer_stock(null, apartado.item_id('disc'), 1, 'main', 'till', 'why');
select from apartado.transfer_stock(null, apartado.item_id('lp'), 1, 'main', 'till', 'why');
select from apartado.reserve('ana', apartado.item_id('lp'), p_location => 'till');
select from apartado.join_queue('ben', apartado.item_id('lp'), p_location => 'till');
select is(concat_ws(' ', available, reserved, waiting), '1 1 1', 'whether or not somebody waits') from apartado.dashboard(null, 'till');
