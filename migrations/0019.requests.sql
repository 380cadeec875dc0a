-- depends: 0018.shorter_checks
-- A request to reserve that came with others in one call: the functions that answer them hand it on in this form, which is
-- read once. As jsonb it would be read anew by each.

do $$
begin
  if to_regtype('apartado.reserve_request') is null then
    create type apartado.reserve_request as (
      number          integer,
      token           text,
      language        text,
      idempotency_key text,
      item            bigint,
      location        text,
      quantity        integer,
      ttl             interval,
      if_unavailable  text,
      member_id       bigint,
      session_id      bigint,
      seen_at         timestamptz,
      repeats         boolean,
      stock_id        bigint
    );
    comment on type apartado.reserve_request is 'One of several requests to reserve that came in one call: what was sent, and, where the session is good, whose it is (member_id, session_id), whether the session''s member asked before in the same call (repeats), and which stock row it is about.';
  end if;
end;
$$;
