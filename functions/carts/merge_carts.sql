-- merge_carts: bring several carts of one owner together into one.
--
-- Gives   a row for each cart that got something: how many carts were merged into it, with how many lines and units
-- Raises  RS601 nobody is signed in · RS205 the device is named too short, or with p_everybody · RS602 p_everybody, and not an operator
--         what reserve refuses with, where the policy says hard
-- Locks   with p_everybody the member rows of the caller and of the carts' owners (shared), in one statement and by id: anonymise
--         takes that row before the carts, so it waits for those made here. Else the member's turn. Then the carts by id, the stock
--         rows of lines that are or will be set aside, by id, the wishes of those who wait there
-- Tells   cart.changed; where the policy says hard, what reserve tells
-- Notes   what a device put into its carts before its person signed in comes into theirs, at every location; and what was
--         imported from elsewhere (carts with the status imported). Quantities of one item add up, to the item_limit of the
--         owner's class, else of the item; lines may come to more than add_to_cart puts in (100), because a merge loses no line.
--         What is set aside already stays so with as many units as it has; those that came for it are not counted.
--         Where the policy says hard, what can be had is set aside; the rest stays in the cart with the code that says why.
--         p_everybody: operators merge what was imported for anybody, 1,000 carts at a call; nothing is set aside
create or replace function apartado.merge_carts(
  p_member          text,
  p_device          text default null,
  p_everybody       boolean default false,
  p_idempotency_key text default null
)
  returns table (
    cart_id     bigint,
    location    text,
    merged      integer,
    lines       integer,
    units       bigint,
    server_time timestamptz
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_most       constant integer := 1000;
  v_owner      text := apartado._canonical_alias(p_member);
  v_member_id  bigint := case when p_everybody is not true then apartado._member_id(p_member) end;
  v_request    jsonb := jsonb_build_array(p_device, p_everybody);
  v_answer     jsonb;
  v_from_ids   bigint[];
  v_class_id   bigint;
  v_merged     jsonb;
  v_now        timestamptz;
begin
  if p_everybody then
    v_from_ids := array(select c.cart_id from apartado.carts c where c.status = 'imported' order by c.cart_id limit c_most);
    perform
       from apartado.members m
      where m.alias = v_owner
         or m.member_id = any (array(select c.member_id from apartado.carts c where c.cart_id = any (v_from_ids)))
      order by m.member_id
        for share;
    v_owner := apartado._operator(p_member);
  end if;
  v_answer := apartado._recall(v_owner, p_idempotency_key, 'merge_carts', v_request);
  if v_answer is null then
    perform apartado._check_device(p_device);
    if p_everybody and p_device is not null then
      perform apartado._refuse('RS205', 'device', '{"expected": "no device, or not everybody"}');
    elsif v_member_id is not null then
      v_class_id := (select t.class_id from apartado._take_turn(p_member) t);
      v_from_ids := array(
        select c.cart_id
          from apartado.carts c
         where c.status = 'imported' and c.member_id = v_member_id
            or c.status = 'active' and c.device_hash = apartado._hash(p_device)
         order by c.cart_id
         limit c_most);
    end if;

    v_merged := (select jsonb_agg(to_jsonb(m)) from apartado._merge_carts(v_from_ids, v_member_id, v_class_id) m);
    v_now := apartado.clock();
    v_answer := (
      select coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object('location', l.code, 'server_time', v_now)), '[]')
        from jsonb_to_recordset(v_merged) as m (cart_id bigint, merged integer, lines integer, units bigint)
        join apartado.carts c on c.cart_id = m.cart_id
        join apartado.locations l on l.location_id = c.location_id);
    perform apartado._remember(v_owner, p_idempotency_key, 'merge_carts', v_request, v_answer);
  end if;

  return query
  select a.*
    from jsonb_to_recordset(v_answer) as a (
           cart_id bigint, location text, merged integer, lines integer, units bigint, server_time timestamptz)
   order by a.cart_id;
end;
$$;

comment on function apartado.merge_carts(text, text, boolean, text) is 'Bring several carts of one owner together into one. Example: select * from apartado.merge_carts(''ana'', ''3f9c2a7be1d04f58a6c1e7b2d9f0a4c5'')';

grant execute on function apartado.merge_carts to apartado_api, apartado_operator;
