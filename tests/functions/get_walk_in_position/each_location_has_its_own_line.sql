select plan(1);
select tests.members('ana', 'ben');
insert into apartado.locations (code, name) values ('till', 'Till');
select from apartado.join_walk_in('ana', p_location => 'till');
select from apartado.join_walk_in('ben');
select is(concat_ws(' ', "position", waiting), '1 1', 'who stands elsewhere is not in front') from apartado.get_walk_in_position('ben');
