select plan(4);
select tests.members('ana'), tests.item('disc', 3), tests.item('tape', 3);
select tests.drop_of('-1 hour', null, 'disc', 'tape');
update apartado.policies set drop_limit = 3;
create function pg_temp.lines(p_quantity integer) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', i.item_id, 'quantity', p_quantity)) from apartado.items i
$$;
select tests.refuses($$select * from apartado.place_order('ana', p_lines => pg_temp.lines(2))$$, 'RS504', 'lines', 'two and two are more than three');
select lives_ok($$select * from apartado.place_order('ana', p_lines => pg_temp.lines(1))$$, 'one and one are not');
select tests.refuses($$select * from apartado.place_order('ana', p_lines => pg_temp.lines(1))$$, 'RS504', 'lines', 'what was bought counts');
select tests.commits();
