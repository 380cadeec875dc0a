-- helpers: what the behaviour files make their data with. Lives in schema `tests`, never shipped.

create schema tests;

create function tests.freeze(p_at timestamptz)
  returns timestamptz
  language plpgsql
as $$
begin
  execute format(
    'create or replace function apartado.clock() returns timestamptz language sql volatile '
    'set search_path = pg_catalog, pg_temp as %L',
    format('select %L::timestamptz', p_at)
  );
  return p_at;
end;
$$;

comment on function tests.freeze(timestamptz) is
  'Stops the clock of this transaction; everybody else''s goes on.';

create function tests.advance(p_by interval)
  returns timestamptz
  language sql
as $$
  select tests.freeze(apartado.clock() + p_by);
$$;

comment on function tests.advance(interval) is 'Moves the clock on and stops it there.';

create function tests.member(p_alias text, p_is_operator boolean default false)
  returns bigint
  language sql
as $$
  insert into apartado.members (alias, secret_hash, is_operator, created_at)
  values (p_alias, sha256(convert_to('secret of ' || p_alias, 'UTF8')), p_is_operator, apartado.clock())
  returning member_id;
$$;

comment on function tests.member(text, boolean) is 'A member with this alias.';

create function tests.members(variadic p_aliases text[])
  returns void
  language sql
as $$
  select tests.member(u.alias)
    from unnest(p_aliases) with ordinality u (alias, ordinal)
   order by u.ordinal;
$$;

comment on function tests.members(text[]) is 'Members with these aliases, none of them an operator.';

create function tests.operator(p_alias text)
  returns bigint
  language sql
as $$
  select tests.member(p_alias, true);
$$;

comment on function tests.operator(text) is 'A member with this alias who is an operator.';

create function tests.item(
  p_sku      text,
  p_units    integer default 1,
  p_restock  boolean default true,
  p_visible  boolean default true,
  p_for_sale boolean default true,
  p_price    numeric default 12.50
)
  returns bigint
  language plpgsql
as $$
declare
  v_item_id bigint;
begin
  insert into apartado.items (sku, title, price, visible, for_sale, restock, policy_id, created_at, changed_at)
  select p_sku, 'Title of ' || p_sku, p_price, p_visible, p_for_sale, p_restock, p.policy_id, apartado.clock(), apartado.clock()
    from apartado.policies p
   where p.name = 'default'
  returning item_id into v_item_id;

  insert into apartado.stock (item_id, location_id, total, available)
  select v_item_id, l.location_id, p_units, p_units
    from apartado.locations l
   where l.code = 'main';

  return v_item_id;
end;
$$;

comment on function tests.item(text, integer, boolean, boolean, boolean, numeric) is
  'An item with so many free units at the main location, for 12.50 EUR each.';

create function tests.held(p_sku text, variadic p_aliases text[])
  returns void
  language plpgsql
as $$
declare
  v_alias text;
begin
  foreach v_alias in array p_aliases loop
    perform from apartado.reserve(v_alias, apartado.item_id(p_sku));
  end loop;
end;
$$;

comment on function tests.held(text, text[]) is 'Each of these members reserves one unit.';

create function tests.waiting(p_sku text, variadic p_aliases text[])
  returns void
  language plpgsql
as $$
declare
  v_alias text;
begin
  foreach v_alias in array p_aliases loop
    perform from apartado.join_queue(v_alias, apartado.item_id(p_sku));
  end loop;
end;
$$;

comment on function tests.waiting(text, text[]) is 'Each of these members joins the queue for one unit, in this order.';

create function tests.drop_of(p_opens_in interval, p_closes_in interval, variadic p_skus text[])
  returns bigint
  language sql
as $$
  select d.drop_id
    from apartado.create_drop(null, 'Drop of ' || array_to_string(p_skus, ' '), array(select apartado.item_id(u) from unnest(p_skus) u),
                              apartado.clock() + p_opens_in, apartado.clock() + p_closes_in) d;
$$;

comment on function tests.drop_of(interval, interval, text[]) is 'A drop of these items that opens and closes after so long; null: it never closes.';

create function tests.lottery_of(p_opens_in interval, variadic p_skus text[])
  returns bigint
  language sql
as $$
  select d.drop_id
    from apartado.create_drop(null, 'Lottery of ' || array_to_string(p_skus, ' '), array(select apartado.item_id(u) from unnest(p_skus) u),
                              apartado.clock() + p_opens_in, p_lottery => true) d;
$$;

comment on function tests.lottery_of(interval, text[]) is 'A lottery of these items that opens after so long and never closes.';

create function tests.draw()
  returns void
  language plpgsql
as $$
begin
  perform from apartado.draw_lotteries();
  create or replace function apartado._is_older(p_written_by xid) returns boolean language sql as 'select true';
  perform from apartado.draw_lotteries();
end;
$$;

comment on function tests.draw() is 'Closes the lotteries that have opened, and draws them as if that had been committed meanwhile.';

create function tests.lots(p_sku text)
  returns text
  language sql
as $$
  select string_agg(m.alias, ' ' order by q.priority desc, encode(sha256(convert_to(y.seed || ':' || q.queue_entry_id, 'UTF8')), 'hex'))
    from apartado.queue_entries q
    join apartado.members m on m.member_id = q.member_id
    join apartado.stock s on s.stock_id = q.stock_id
    join apartado.items i on i.item_id = s.item_id
    join apartado.lotteries y on y.drop_id = s.drop_id
   where i.sku = p_sku and q.joined_at < s.opens_at;
$$;

comment on function tests.lots(text) is 'Who lined up before the opening of a lottery, in the order of their lots as anybody would work them out.';

create function tests.in_order(p_sku text)
  returns text
  language sql
as $$
  select coalesce(string_agg(q.alias, ' ' order by q.position), 'nobody') from apartado.list_queue(null, apartado.item_id(p_sku)) q where q.position is not null;
$$;

comment on function tests.in_order(text) is 'Who stands in line, by position, or nobody.';

create function tests.aliases(p_first integer, p_last integer)
  returns text[]
  language sql
as $$
  select array_agg(format('m%s', to_char(n, 'FM00')) order by n) from generate_series(p_first, p_last) n;
$$;

comment on function tests.aliases(integer, integer) is 'm01, m02 … for crowds.';

create function tests.stock(p_sku text, p_location text default 'main')
  returns text
  language sql
as $$
  select format('%s free, %s held, %s sold, %s waiting', s.available, s.reserved, s.sold, s.queue_length)
    from apartado.stock s
    join apartado.items i on i.item_id = s.item_id
    join apartado.locations l on l.location_id = s.location_id
   where i.sku = p_sku and l.code = p_location;
$$;

comment on function tests.stock(text, text) is 'The counters as they are written: 1 free, 0 held, 0 sold, 0 waiting.';

create function tests.line(p_sku text)
  returns text
  language sql
as $$
  select coalesce(string_agg(m.alias, ' ' order by q.ticket), 'nobody')
    from apartado.queue_entries q
    join apartado.members m on m.member_id = q.member_id
    join apartado.stock s on s.stock_id = q.stock_id
    join apartado.items i on i.item_id = s.item_id
   where i.sku = p_sku and q.status = 'waiting';
$$;

comment on function tests.line(text) is 'Who waits in the rows, in the order of the tickets, or nobody.';

create function tests.holders(p_sku text)
  returns text
  language sql
as $$
  select coalesce(string_agg(format('%s %s', m.alias, r.quantity), ', ' order by r.reservation_id), 'nobody')
    from apartado.reservations r
    join apartado.members m on m.member_id = r.member_id
    join apartado.stock s on s.stock_id = r.stock_id
    join apartado.items i on i.item_id = s.item_id
   where i.sku = p_sku and r.status = 'active';
$$;

comment on function tests.holders(text) is 'Who holds how many in the rows, the oldest first, or nobody.';

create function tests.reservation(p_alias text, p_sku text)
  returns bigint
  language sql
as $$
  select max(r.reservation_id)
    from apartado.reservations r
    join apartado.members m on m.member_id = r.member_id
    join apartado.stock s on s.stock_id = r.stock_id
    join apartado.items i on i.item_id = s.item_id
   where m.alias = p_alias and i.sku = p_sku;
$$;

comment on function tests.reservation(text, text) is 'The newest reservation of this member of this item.';

create function tests.told(p_sku text)
  returns text
  language sql
as $$
  select string_agg(concat_ws(' ', e.kind, m.alias), ', ' order by e.event_id)
    from apartado.events e
    join apartado.stock s on s.stock_id = e.stock_id
    join apartado.items i on i.item_id = s.item_id
    left join apartado.members m on m.member_id = e.member_id
   where i.sku = p_sku;
$$;

comment on function tests.told(text) is 'What the ledger says about an item: kind and member concerned, in order.';

create function tests.cart(p_alias text, p_location text default 'main')
  returns text
  language sql
as $$
  select coalesce(string_agg(concat_ws(' ', l.quantity, i.sku, case when l.left_at is not null then l.reason when l.reservation_id is not null then 'held' end),
                             ', ' order by l.added_at, l.stock_id), 'nothing')
    from apartado.carts c
    join apartado.locations p on p.location_id = c.location_id and p.code = p_location
    join apartado.members m on m.member_id = c.member_id and m.alias = p_alias
    join apartado.cart_lines l on l.cart_id = c.cart_id
    join apartado.stock s on s.stock_id = l.stock_id
    join apartado.items i on i.item_id = s.item_id
   where c.status = 'active';
$$;

comment on function tests.cart(text, text) is 'The lines in the rows of a member''s cart: 2 disc held, 1 tape, or nothing.';

create function tests.device(p_name text)
  returns text
  language sql
as $$
  select rpad(p_name, 32, '.');
$$;

comment on function tests.device(text) is 'The token of a device that is called so.';

create function tests.state()
  returns text
  language sql
as $$
  select md5(concat(
    (select string_agg(x::text, '|' order by x.stock_id) from apartado.stock x),
    (select string_agg(x::text, '|' order by x.stock_id) from apartado.stock_tallies x),
    (select string_agg(x::text, '|' order by x.reservation_id) from apartado.reservations x),
    (select string_agg(x::text, '|' order by x.queue_entry_id) from apartado.queue_entries x),
    (select string_agg(x::text, '|' order by x.purchase_id) from apartado.purchases x),
    (select string_agg(x::text, '|' order by x.event_id) from apartado.events x),
    (select string_agg(x::text, '|' order by x.cart_id) from apartado.carts x),
    (select string_agg(x::text, '|' order by x.cart_id, x.stock_id) from apartado.cart_lines x),
    (select string_agg(x::text, '|' order by x.order_id) from apartado.orders x),
    (select string_agg(x::text, '|' order by x.order_id, x.line) from apartado.order_lines x),
    (select string_agg(x::text, '|' order by x.location_id) from apartado.walk_in_queues x),
    (select string_agg(x::text, '|' order by x.walk_in_entry_id) from apartado.walk_in_entries x),
    (select string_agg(x::text, '|' order by x.member_id) from apartado.members x),
    (select string_agg(x::text, '|' order by x.member_id) from apartado.member_turns x),
    (select string_agg(x::text, '|' order by x.session_id) from apartado.sessions x),
    (select string_agg(x::text, '|' order by x.member_id) from apartado.pairing_codes x),
    (select string_agg(x::text, '|' order by x.issuer, x.subject) from apartado.identities x),
    (select string_agg(x::text, '|' order by x.invitation_id) from apartado.invitations x),
    (select string_agg(x::text, '|') from apartado.settings x),
    (select string_agg(x::text, '|' order by x.media_id) from apartado.media x),
    (select string_agg(x::text, '|' order by x.media_link_id) from apartado.media_links x),
    (select string_agg(x::text, '|' order by x.page_id) from apartado.pages x),
    (select string_agg(x::text, '|' order by x.page_id, x.ordinal) from apartado.page_sections x),
    (select string_agg(x::text, '|' order by x.kind, x.subject) from apartado.attempts x),
    (select string_agg(x::text, '|' order by x.owner, x.key) from apartado.idempotency_keys x)));
$$;

comment on function tests.state() is 'Every row that a command may write, as one value to compare.';

create function tests.refuses(p_sql text, p_code text, p_column text, p_name text default null)
  returns text
  language plpgsql
as $$
declare
  v_before  text := tests.state();
  v_said    apartado.messages;
  v_code    text;
  v_column  text;
  v_message text;
  v_detail  text;
  v_hint    text;
begin
  select m.* into v_said from apartado.messages m where m.code = p_code and m.language = apartado._language();
  begin
    execute p_sql;
  exception
    when others then
      get stacked diagnostics
        v_code = returned_sqlstate, v_column = column_name, v_message = message_text,
        v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  end;

  return tap.is(
    format('%s %s: %s %s%s%s', v_code, v_column, v_message, v_hint, case when v_detail = '' then ' (no detail)' end,
           case when tests.state() <> v_before then ' (something was changed)' end),
    format('%s %s: %s %s', left(p_code, 5), p_column, v_said.message, v_said.hint),
    coalesce(p_name, format('%s %s: %s', p_code, p_column, p_sql)));
end;
$$;

comment on function tests.refuses(text, text, text, text) is
  'The statement is refused with this code and column, the sentence and hint of the language (RS312/by_hand: those of that reason), a detail, and nothing is changed.';

create function tests.detail_of(p_sql text)
  returns text
  language plpgsql
as $$
declare
  v_detail text;
begin
  execute p_sql;
  return null;
exception
  when others then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;

comment on function tests.detail_of(text) is 'The facts with which a statement is refused; null where it is not.';

create function tests.rung()
  returns boolean
  language sql
as $$
  select exists (
    select
      from pg_locks
     where locktype = 'advisory' and pid = pg_backend_pid()
       and (classid::bigint << 32 | objid::bigint) = apartado._lock_key('bell'));
$$;

comment on function tests.rung() is
  'Whether this transaction wakes the listeners. What a test makes first does, unless the bell is off meanwhile.';

create function tests.commits(p_name text default 'it could be committed, and every counter agrees')
  returns text
  language plpgsql
as $$
declare
  v_actor  text := coalesce(current_setting('apartado.actor', true), '');
  v_wrong  text;
  v_detail text;
begin
  perform set_config('apartado.actor', '', true);
  begin
    set constraints all immediate;
    select string_agg(c::text, ' ') into v_wrong from apartado.check_consistency() c;
  exception
    when others then
      get stacked diagnostics v_detail = pg_exception_detail;
      v_wrong := concat_ws(' ', sqlstate, sqlerrm, v_detail);
  end;
  set constraints all deferred;
  perform set_config('apartado.actor', v_actor, true);
  return tap.is(v_wrong, null, p_name);
end;
$$;

comment on function tests.commits(text) is
  'What a commit checks holds (set constraints all immediate), and check_consistency finds nothing.';

create function tests.cannot_commit(p_edit text, p_code text, p_name text)
  returns text
  language plpgsql
as $$
declare
  v_before text := tests.state();
  v_found  text := 'it could have been committed';
begin
  begin
    execute p_edit;
    set constraints all immediate;
  exception
    when others then
      v_found := sqlstate;
  end;
  set constraints all deferred;
  return tap.is(v_found || case when tests.state() <> v_before then ' (something was changed)' else '' end, p_code, p_name);
end;
$$;

comment on function tests.cannot_commit(text, text, text) is
  'This edit by hand is refused with this SQLSTATE, at once or at the commit.';

create function tests.as_role(p_role text, p_sql text)
  returns text
  language plpgsql
as $$
declare
  v_found text;
begin
  begin
    execute format('set local session authorization %I', p_role);
    execute p_sql into v_found;
    execute 'reset session authorization';
  exception
    when others then
      v_found := sqlstate; -- the role goes back with everything else
  end;
  return v_found;
end;
$$;

comment on function tests.as_role(text, text) is
  'The first value that the statement gives to this login, or the SQLSTATE with which it fails.';

create function tests.acts(p_alias text, p_language text default 'en')
  returns void
  language sql
as $$
  select apartado._act_as(p_alias, null, p_language);
$$;

comment on function tests.acts(text, text) is 'From here on the transaction acts for this person, as after authenticate().';

create function tests.requests(p_sku text, variadic p_requests text[])
  returns jsonb
  language plpgsql
as $$
declare
  v_request text;
  v_alias   text;
  v_fields  jsonb;
  v_made    jsonb := '[]';
begin
  foreach v_request in array p_requests loop
    v_alias := split_part(v_request, ' ', 1);
    insert into apartado.sessions (member_id, token_hash, language, created_at, last_seen_at, expires_at)
    select m.member_id, sha256(convert_to('token of ' || v_alias, 'UTF8')), m.language, apartado.clock(), apartado.clock(),
           apartado.clock() + interval '700 hours'
      from apartado.members m
     where m.alias = v_alias
    on conflict do nothing;
    v_fields := coalesce(nullif(substr(v_request, length(v_alias) + 2), ''), '{}');
    v_made := v_made || (jsonb_build_object('token', 'token of ' || v_alias,
                                            'item', (select i.item_id::text from apartado.items i where i.sku = coalesce(v_fields ->> 'sku', p_sku)))
                         || v_fields - 'sku');
  end loop;
  return v_made;
end;
$$;

comment on function tests.requests(text, text[]) is
  'Requests for an item as the service sends several in one call, each from its member''s session: ''ana {"quantity": 2}'', ''ben''; for another item ''cai {"sku": "tape"}''.';

create function tests.together(p_sku text, variadic p_requests text[])
  returns text
  language sql
as $$
  select string_agg(format('%s %s', r.number, coalesce(r.code, r.outcome)), ', ' order by r.number)
    from apartado.reserve_together(tests.requests(p_sku, variadic p_requests)) r;
$$;

comment on function tests.together(text, text[]) is 'What each of several requests in one call was answered: outcome or code, by number.';

create function tests.joined_together(p_sku text, variadic p_requests text[])
  returns text
  language sql
as $$
  select string_agg(format('%s %s', r.number, coalesce(r.code, r."position"::text, 'no position')), ', ' order by r.number)
    from apartado.join_queue_together(tests.requests(p_sku, variadic p_requests)) r;
$$;

comment on function tests.joined_together(text, text[]) is 'What each of several requests to join queues in one call was answered: position or code, by number.';
