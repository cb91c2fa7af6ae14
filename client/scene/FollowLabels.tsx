import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Vector3 } from 'three';
import type { FollowAnswer } from '../../models/api/supply.ts';
import { useChoices } from '../live/choices.ts';
import { belongs, useFollow } from '../live/follow.ts';
import { subscribe } from '../live/mirror.ts';
import { currentLanguage } from '../locales/language.ts';
import { widthOf } from './labels/arrange-labels.ts';
import { createFollowLayer, type FollowLayer } from './labels/follow-label-layer.ts';
import { type LabelWords, labelWords } from './labels/follow-label-words.ts';
import { type Anchored, spread } from './labels/spread-labels.ts';
import { type Stage, useStage } from './stage.ts';

/** Labels while carbon is followed: shares over sources (or uses), the total over the followed asset; none covers another. */
export function FollowLabels() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const { container } = stage;
  const layer = useRef<FollowLayer | null>(null);
  const words = useRef<{ stage: Stage; answer: FollowAnswer | null; language: string; list: LabelWords[] }>({
    stage,
    answer: null,
    language: '',
    list: [],
  });
  const point = useMemo(() => new Vector3(), []);

  useEffect(() => {
    const made = createFollowLayer(container);
    layer.current = made;
    const stops = [useFollow.subscribe(() => invalidate()), subscribe(() => useFollow.getState().subject && invalidate())];
    return () => {
      for (const stop of stops) stop();
      made.remove();
      delete container.dataset['following'];
    };
  }, [container, invalidate]);

  useFrame(({ camera, size }) => {
    const shown = layer.current;
    if (!shown) return;
    const { subject, answer: heard } = useFollow.getState();
    const answer = subject && belongs(heard) ? heard : null;
    if (subject) container.dataset['following'] = subject.way;
    else delete container.dataset['following'];
    const language = currentLanguage();
    if (words.current.stage !== stage || words.current.answer !== answer || words.current.language !== language)
      words.current = { stage, answer, language, list: answer ? labelWords(stage.site, answer, language) : [] };
    const { insets } = useChoices.getState();
    const room = {
      left: insets.left + 8,
      top: insets.top + 8,
      right: size.width - insets.right - 8,
      bottom: size.height - insets.bottom - 8,
    };
    const type = shown.typeSize();
    const anchors: Anchored[] = [];
    for (const { key, id, name, value } of words.current.list) {
      const site = stage.site.get(id);
      if (!site) continue;
      point.set(site.centre[0], site.ground + site.base + site.asset.height_m, -site.centre[1]).project(camera);
      if (point.z > 1) continue;
      const [x, y] = [((point.x + 1) / 2) * size.width, ((1 - point.y) / 2) * size.height];
      // Assets outside the picture get no label.
      if (x < 0 || x > size.width || y < 0 || y > size.height) continue;
      anchors.push({ id: key, x, y, width: Math.max(widthOf(name, type), widthOf(value, type) + 8 * type), height: 8 + 36 * type });
    }
    shown.show(anchors, spread(anchors, room), words.current.list);
  });
  return null;
}
