select plan(11);
select tests.members('ana'), tests.item('disc', 3);
select throws_ok(format(
  'insert into apartado.reservations (stock_id, member_id, currency, quantity, price, status, reserved_at, expires_at, closed_at)
   select s.stock_id, m.member_id, ''EUR'', %s from apartado.stock s, apartado.members m where m.alias = ''ana''', w.row), '23514', null, w.what)
  from (values
    ($$0, 1, 'active', '2030-01-01', '2030-01-02', null$$, 'no units'),
    ($$1, -1, 'active', '2030-01-01', '2030-01-02', null$$, 'a price below nothing'),
    ($$1, 1, 'active', '2030-01-01', '2030-01-01', null$$, 'a deadline that does not come later'),
    ($$1, 1, 'active', '2030-01-01', '2031-01-03', null$$, 'a deadline in more than 366 days'),
    ($$1, 1, 'active', '2030-01-01', '2030-01-02', '2030-01-01'$$, 'active and closed'),
    ($$1, 1, 'sold', '2030-01-01', '2030-01-02', null$$, 'sold and not closed'),
    ($$1, 1, 'sold', '2030-01-01', '2030-01-02', '2029-12-31'$$, 'closed before it began'),
    ($$1, 1, 'lost', '2030-01-01', '2030-01-02', '2030-01-01'$$, 'a status that nobody knows'),
    ($$1, 1, 'lost', '2030-01-01', '2030-01-02', null$$, 'the same, not closed'),
    ($$1, null, 'sold', '2030-01-01', '2030-01-02', null$$, 'without a price, sold and not closed'),
    ($$0, null, 'active', '2030-01-01', '2030-01-02', null$$, 'without a price, no units')) w (row, what);
