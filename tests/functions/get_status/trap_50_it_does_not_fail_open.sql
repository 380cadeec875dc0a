select plan(20);
select tests.members('ana'), tests.item('disc'), tests.item('hidden', p_visible => false);
insert into apartado.locations (code, name) values ('annex', 'Annex');
select tests.refuses(format('select * from apartado.get_status(%L, %s)', a, i), 'RS101', 'item')
  from (values (null), ('ana')) v (a), unnest(array['0', '-1', '9223372036854775807', 'apartado.item_id(''hidden'')']) i;
select tests.refuses($$select * from apartado.get_status('ana', null)$$, 'RS101', 'item', 'no item');
select tests.refuses(format('select * from apartado.get_status(%L, apartado.item_id(%L))', a, i), 'RS103', 'member')
  from unnest('{zoe,"",root}'::text[]) a, unnest('{disc,hidden}'::text[]) i;
select tests.refuses($$select * from apartado.get_status('ana', apartado.item_id('disc'), 'mars')$$, 'RS104', 'location', 'an unknown location');
select tests.refuses($$select * from apartado.get_status('ana', apartado.item_id('disc'), 'annex')$$, 'RS104', 'location', 'where it is not kept');
select tests.refuses($$select * from apartado.get_status('ana', apartado.item_id('hidden'), 'annex')$$, 'RS101', 'item', 'and of what is hidden not even that is told');
select tests.operator('olga');
select tests.refuses($$select * from apartado.get_status('olga', apartado.item_id('hidden'), 'annex')$$, 'RS104', 'location', 'but to operators, who see it');
select tests.refuses($$select * from apartado.pause_queue('olga', apartado.item_id('hidden'), true, 'why', 'annex')$$, 'RS104', 'location', 'whatever they ask for');
