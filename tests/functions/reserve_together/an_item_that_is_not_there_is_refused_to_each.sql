select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 9);
select is((select string_agg(r.code, ' ' order by r.number) from apartado.reserve_together(0, null, tests.requests('ana', 'ben')) r), 'RS101 RS101', 'no such item');
select is((select string_agg(r.code, ' ' order by r.number) from apartado.reserve_together(null, null, tests.requests('ana', 'ben')) r), 'RS205 RS205', 'none was named');
select is((select string_agg(r.code, ' ' order by r.number) from apartado.reserve_together(apartado.item_id('disc'), 'moon', tests.requests('ana', 'ben')) r),
          'RS104 RS104', 'no such location');
