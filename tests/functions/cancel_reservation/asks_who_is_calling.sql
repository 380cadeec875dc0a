select plan(3);
select tests.members('ana'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.cancel_reservation(null, tests.reservation('ana', 'disc'))$$, 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.cancel_reservation('zoe', tests.reservation('ana', 'disc'))$$, 'RS103', 'member', 'nobody known');
update apartado.members set barred_at = apartado.clock();
select tests.refuses($$select * from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'))$$, 'RS604', 'member', 'barred');
