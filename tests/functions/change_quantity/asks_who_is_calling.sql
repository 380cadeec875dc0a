select plan(3);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.change_quantity(null, tests.reservation('ana', 'disc'), 2)$$, 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.change_quantity('zoe', tests.reservation('ana', 'disc'), 2)$$, 'RS103', 'member', 'nobody known');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.refuses($$select * from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2)$$, 'RS604', 'member', 'barred');
