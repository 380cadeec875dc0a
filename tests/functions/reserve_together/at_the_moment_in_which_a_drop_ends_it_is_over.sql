select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.drop_of('-1 hour', '1 hour', 'disc');
select tests.advance('1 hour');
select is(tests.together('disc', 'ana', 'ben'), '1 RS308, 2 RS308', 'for all who come at once');
