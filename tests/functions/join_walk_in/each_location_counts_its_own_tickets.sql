select plan(1);
select tests.members('ana', 'ben', 'cai');
insert into apartado.locations (code, name) values ('till', 'Till');
select from apartado.join_walk_in('ana', p_location => 'till');
select from apartado.join_walk_in('ben');
select is(ticket, 2::bigint, 'the second here, whoever stands elsewhere') from apartado.join_walk_in('cai', p_location => 'till');
