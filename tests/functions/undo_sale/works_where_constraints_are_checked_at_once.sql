select plan(2);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'));
set constraints all immediate;
select is((select promoted from apartado.purchases p cross join lateral apartado.undo_sale(null, p.purchase_id, 'why')), 1, 'it serves who waits');
select tests.commits();
