select plan(8);
select tests.members('ana', 'ben'), tests.item('stocked'), tests.item('edition', 2, p_restock => false);
select tests.held('stocked', 'ana'), tests.held('edition', 'ana');
select tests.refuses(format('select * from apartado.join_queue(''ben'', apartado.item_id(''stocked''), %s)', q), 'RS202', 'quantity')
  from unnest(array['null', '0', '-1', '-2147483648']) q;
select tests.refuses($$select * from apartado.join_queue('ben', apartado.item_id('edition'), 3)$$, 'RS202', 'quantity', 'three of an edition of two');
select lives_ok($$select * from apartado.join_queue('ben', apartado.item_id('edition'), 2)$$, 'two of it may be waited for');
select lives_ok($$select * from apartado.join_queue('ben', apartado.item_id('stocked'), 2147483647)$$, 'and any number of what comes again');
select tests.commits();
