-- who_am_i: who the caller is, as the database sees it.
--
-- Gives   alias, is_operator, language, session_id, server_time, and the profile: display_name, avatar, show_name; without a caller the row
--         of the anonymous visitor
-- Raises  RS103 no such member
create or replace function apartado.who_am_i(
  p_member         text default null,
  out alias        text,
  out is_operator  boolean,
  out language     text,
  out session_id   bigint,
  out server_time  timestamptz,
  out display_name text,
  out avatar       text,
  out show_name    boolean
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._viewer_id(p_member);
begin
  select m.alias, m.is_operator, m.display_name, m.avatar, m.show_name
    into alias, is_operator, display_name, avatar, show_name
    from apartado.members m
   where m.member_id = v_member_id;

  is_operator := coalesce(is_operator, false);
  language := apartado._language();
  session_id := nullif(current_setting('apartado.session', true), '')::bigint;
  server_time := apartado.clock();
end;
$$;

comment on function apartado.who_am_i(text) is 'Who the caller is, as the database sees it. Example: select * from apartado.who_am_i(''ana'')';

grant execute on function apartado.who_am_i to apartado_api, apartado_operator;
