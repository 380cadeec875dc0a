select plan(4);
select tests.members('ana'), tests.item('disc');
select tests.refuses(format('select * from apartado.reserve(''ana'', apartado.item_id(''disc''), p_if_unavailable => %L)', w), 'RS205', 'if_unavailable')
  from unnest('{null,"",FAIL,wait}'::text[]) w;
