select plan(3);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.begin_payment(null, tests.reservation('ana', 'disc'))$$, 'RS601', 'member', 'nobody');
select tests.refuses($$select * from apartado.begin_payment('zoe', tests.reservation('ana', 'disc'))$$, 'RS103', 'member', 'nobody known');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.refuses($$select * from apartado.begin_payment('ana', tests.reservation('ana', 'disc'))$$, 'RS604', 'member', 'barred');
