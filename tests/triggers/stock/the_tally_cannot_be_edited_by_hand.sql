select plan(8);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana');
set constraints all immediate;
set constraints all deferred;
select tests.cannot_commit('update apartado.stock_tallies set ' || edit, 'RS312', edit)
  from unnest(array['reserved = 0', 'reserved = 2, suspect = false', 'sold = 1', 'queue_length = 1', 'reserved = reserved + 1, suspect = true']) edit;
select tests.cannot_commit($$insert into apartado.stock_tallies (stock_id) select stock_id from apartado.stock$$, '23505', 'nor doubled');
select lives_ok($$select * from apartado.reserve('ben', apartado.item_id('disc'))$$, 'and the work goes on');
select tests.commits();
