select plan(1);
select tests.members('ana'), tests.item('disc');
select tests.held('disc', 'ana');
update apartado.items set visible = false;
select is((select status from apartado.list_reservations('ana')), 'active');
