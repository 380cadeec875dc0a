select plan(4);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.waiting('disc', 'ben', 'olga');
update apartado.items set visible = false;
select is((select array_agg(alias) from apartado.waiting_positions('{ben,olga}')), '{olga}', 'as get_status');
select tests.refuses($$select from apartado.get_queue_position('ben', apartado.item_id('disc'))$$, 'RS101', 'item');
select is(tests.as_role('apartado_api', 'select count(*) from apartado.waiting_positions(''{ben}'')'), '0', 'for the service');
select is(tests.as_role('stranger', 'select count(*) from apartado.waiting_positions(''{ben}'')'), '42501', 'and for nobody else');
