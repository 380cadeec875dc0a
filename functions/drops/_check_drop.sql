-- _check_drop: whether a drop can have this title and be open at these times.
--
-- Raises  RS205 no title or no opening · RS204 a time further than a hundred years from now, or it closes before it opens
create or replace function apartado._check_drop(p_title text, p_opens_at timestamptz, p_closes_at timestamptz)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now   timestamptz := apartado.clock();
  v_first timestamptz := v_now - interval '876000 hours';
  v_last  timestamptz := v_now + interval '876000 hours';
begin
  if btrim(coalesce(p_title, '')) = '' or length(p_title) > 1000 then
    perform apartado._refuse('RS205', 'title', jsonb_build_object('shortest', 1, 'longest', 1000));
  elsif p_opens_at is null then
    perform apartado._refuse('RS205/missing', 'opens_at');
  elsif p_opens_at not between v_first and v_last then
    perform apartado._refuse('RS204', 'opens_at', jsonb_build_object('first', apartado._utc(v_first), 'last', apartado._utc(v_last)));
  elsif p_closes_at <= p_opens_at then
    perform apartado._refuse('RS204', 'closes_at', jsonb_build_object('opens_at', apartado._utc(p_opens_at)));
  elsif p_closes_at > v_last and isfinite(p_closes_at) then
    perform apartado._refuse('RS204', 'closes_at', jsonb_build_object('last', apartado._utc(v_last)));
  end if;
end;
$$;

comment on function apartado._check_drop(text, timestamptz, timestamptz) is 'Whether a drop can have this title and be open at these times.';
