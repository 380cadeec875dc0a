select plan(7);
select tests.members('ana'), tests.item('disc');
select tests.refuses(format('select * from apartado.reserve(''ana'', apartado.item_id(''disc''), %s)', q), 'RS202', 'quantity')
  from unnest(array['null', '0', '-1', '-2147483648']) q;
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), 2147483647)$$, 'RS301', 'quantity',
                     'more than there is, however absurd, is only not available');
select is((select outcome from apartado.reserve('ana', apartado.item_id('disc'), 2147483647, p_if_unavailable => 'queue')), 'queued',
          'and may be waited for where more can come');
select tests.commits();
