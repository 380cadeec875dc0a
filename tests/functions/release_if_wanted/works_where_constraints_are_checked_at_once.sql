select plan(2);
select tests.members('ana', 'ben'), tests.item('disc', 3);
select tests.held('disc', 'ana');
set constraints all immediate;
select lives_ok($$select * from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'))$$, 'at once');
select tests.commits();
