select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('168 hours');
select tests.refuses($$select * from apartado.reserve('cai', apartado.item_id('disc'))$$, 'RS301', 'quantity');
select is((select concat_ws(' ', outcome, "position") from apartado.reserve('cai', apartado.item_id('disc'), p_if_unavailable => 'queue')), 'queued 1',
          'asked to queue, cai becomes the head behind the new holder');
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1 / cai', 'ben was promoted on the way');
select tests.commits();
