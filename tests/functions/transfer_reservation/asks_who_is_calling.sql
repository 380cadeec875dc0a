select plan(3);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.transfer_reservation(null, tests.reservation('ana', 'disc'), 'ben')$$, 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.transfer_reservation('zoe', tests.reservation('ana', 'disc'), 'ben')$$, 'RS103', 'member', 'nobody known');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.refuses($$select * from apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), 'ben')$$, 'RS604', 'member', 'barred');
