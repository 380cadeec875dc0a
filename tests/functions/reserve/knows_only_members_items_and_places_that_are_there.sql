select plan(11);
select tests.members('ana'), tests.item('disc');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select tests.refuses($$select * from apartado.reserve(null, apartado.item_id('disc'))$$, 'RS601', 'member', 'nobody: signed in first');
select tests.refuses($$select * from apartado.reserve('zoe', apartado.item_id('disc'))$$, 'RS103', 'member', 'an unknown alias');
select tests.refuses($$select * from apartado.reserve('', apartado.item_id('disc'))$$, 'RS103', 'member', 'a blank alias');
select tests.refuses($$select * from apartado.reserve('ana', null)$$, 'RS205', 'item', 'no item');
select tests.refuses($$select * from apartado.reserve('ana', 0)$$, 'RS101', 'item', 'item 0');
select tests.refuses($$select * from apartado.reserve('ana', -1)$$, 'RS101', 'item', 'item -1');
select tests.refuses($$select * from apartado.reserve('ana', 9223372036854775807)$$, 'RS101', 'item', 'the last item that there could be');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_location => 'mars')$$, 'RS104', 'location', 'an unknown location');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_location => '')$$, 'RS104', 'location', 'a blank location');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_location => 'annex')$$, 'RS104', 'location', 'where it is not kept');
select is((select outcome from apartado.reserve(' ANA ', apartado.item_id('disc'), p_location => 'main')), 'reserved',
          'an alias in another spelling is the same person');
