select plan(17);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc'), tests.item('hidden', p_visible => false), tests.item('shown', p_for_sale => false), tests.item('sold', p_restock => false), tests.item('few', p_restock => false);
insert into apartado.locations (code, name) values ('south', 'South');
select tests.held('disc', 'ben'), tests.held('few', 'ben');
select from apartado.mark_sold(null, apartado.item_id('sold'), p_buyer => 'ben');
select tests.refuses(format('select * from apartado.join_any(%s)', arguments), code, field, name)
  from (values ($$'ana', null$$, 'RS205', 'items', 'no list'),
               ($$'ana', '{}'$$, 'RS205', 'items', 'an empty list'),
               ($$'ana', '{1,null}'$$, 'RS205', 'items', 'a null in it'),
               ($$'ana', '{{1,null},{2,3}}'$$, 'RS205', 'items', 'a table with a null'),
               ($$'ana', array(select generate_series(1, 101))$$, 'RS204', 'items', 'too many'),
               ($$'ana', array[apartado.item_id('disc')], 0$$, 'RS202', 'quantity', 'none'),
               ($$'ana', array[apartado.item_id('disc')], null$$, 'RS202', 'quantity', 'null'),
               ($$'ana', array[apartado.item_id('disc'), 0]$$, 'RS101', 'items', 'no such item'),
               ($$'ana', (select array_agg(item_id) from apartado.items where sku = 'hidden')$$, 'RS101', 'items', 'hidden'),
               ($$'ana', array[apartado.item_id('shown')]$$, 'RS309', 'items', 'not for sale'),
               ($$'ana', array[apartado.item_id('disc'), apartado.item_id('sold')]$$, 'RS305', 'items', 'sold for good'),
               ($$'ana', array[apartado.item_id('few')], 2$$, 'RS202', 'quantity', 'more than there will ever be'),
               ($$'ana', array[apartado.item_id('disc')], 1, 'moon'$$, 'RS104/unknown', 'location', 'no such location'),
               ($$'ana', array[apartado.item_id('disc')], 1, 'south'$$, 'RS104', 'location', 'not kept there'),
               ($$'nobody', array[apartado.item_id('disc')]$$, 'RS103', 'member', 'nobody'),
               ($$null, array[apartado.item_id('disc')]$$, 'RS601', 'member', 'the anonymous visitor')) c (arguments, code, field, name);
select tests.commits();
