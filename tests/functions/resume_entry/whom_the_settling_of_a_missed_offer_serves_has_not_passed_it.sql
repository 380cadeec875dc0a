select plan(4);
-- ana's offer ends and ben has the units, before ana says that the place shall count again
select tests.freeze('2030-01-01 12:00Z');
select tests.members('h1', 'h2', 'ana', 'ben'), tests.item('disc', 3);
update apartado.policies set promotion = 'offer', offer_window = '1 hour', missed = 'keep', fit = 'fit', passed_limit = 1;
select tests.held('disc', 'h1');
select from apartado.reserve('h2', apartado.item_id('disc'), 2, p_ttl => '1 minute');
select from apartado.join_queue('ana', apartado.item_id('disc'), 2);
select from apartado.join_queue('ben', apartado.item_id('disc'), 1);
select tests.advance('1 minute');
select from apartado.expire_and_promote();
select is((select status from apartado.get_status('ana', apartado.item_id('disc'))), 'offered', 'ana has an offer');
select tests.advance('1 hour');
select is((select status from apartado.resume_entry('ana', apartado.item_id('disc'))), 'waiting', 'missed, and waiting again');
select is((select string_agg(concat_ws(' ', alias, status, passed), ', ') from apartado.list_queue(null, apartado.item_id('disc'))), 'ben offered 0, ana waiting 0', 'ben was offered one before');
select tests.commits();
