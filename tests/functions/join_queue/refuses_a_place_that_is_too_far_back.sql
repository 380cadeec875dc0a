select plan(5);
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.refuses(format('select * from apartado.join_queue(''cai'', apartado.item_id(''disc''), p_max_position => %s)', n), 'RS204', 'max_position')
  from unnest('{0,-1,-2147483648}'::integer[]) n;
select tests.refuses($$select * from apartado.join_queue('cai', apartado.item_id('disc'), p_max_position => 1)$$, 'RS503/max_position', 'max_position', 'the second, who wants to be the first or nobody');
select is((select "position" from apartado.join_queue('cai', apartado.item_id('disc'), p_max_position => 2)), 2::bigint, 'the second, who does not mind');
