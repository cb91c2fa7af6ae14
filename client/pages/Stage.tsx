/** The park behind all panels: the scene, or the plan where WebGL is missing or the person chose it. */
import { Suspense, useEffect, useRef, useState } from 'react';
import type { ParkView } from '../../models/api/park-view.ts';
import { useChoices } from '../live/choices.ts';
import { mirror } from '../live/mirror.ts';
import { useWords } from '../locales/use-words.ts';
import { Outline } from '../panels/plan/Outline.tsx';
import { useMirror } from '../panels/values/use-mirror.ts';
import type { MountedScene } from '../scene/Scene.tsx';
import { fetchPieces, Plan } from './deferred.ts';
import { hasWebGl } from './webgl.ts';

/** Wait before loading deferred components, so that the first pictures need not share network and processor. */
const rest_ms = 1000;

export function Stage({ park }: { park: ParkView }) {
  const { t } = useWords();
  const plan = useChoices((view) => view.plan);
  const known = useMirror(() => mirror.layout !== null);
  const [ready, setReady] = useState(false);
  const show = plan || ready;
  useEffect(() => {
    if (!show) return;
    const timer = setTimeout(fetchPieces, rest_ms);
    return () => clearTimeout(timer);
  }, [show]);
  const outline = <Outline park={park} say={t(known ? 'loading.scene' : 'loading.values')} />;
  return (
    <div className="stage">
      {plan ? (
        <Suspense fallback={outline}>
          <Plan />
        </Suspense>
      ) : (
        <SceneHolder key={park.metadata.id} park={park} onReady={setReady} />
      )}
      {show && known ? null : outline}
    </div>
  );
}

function SceneHolder({ park, onReady }: { park: ParkView; onReady: (ready: boolean) => void }) {
  const holder = useRef<HTMLDivElement>(null);
  const scene = useRef<MountedScene>(null);
  const newest = useRef(park);
  useEffect(() => {
    newest.current = park;
    scene.current?.show(park);
  }, [park]);
  useEffect(() => {
    const container = holder.current;
    if (!container) return;
    let gone = false;
    const fallBack = (error: unknown) => {
      if (gone) return;
      console.warn('The 3D scene cannot be shown, the plan is:', error);
      useChoices.setState({ plan: true, webgl: false });
    };
    const watch = new MutationObserver(() => onReady(container.dataset['ready'] === 'true'));
    watch.observe(container, { attributes: true, attributeFilter: ['data-ready'] });
    if (!hasWebGl()) fallBack('no WebGL');
    else {
      import('../scene/Scene.tsx')
        .then(({ mountScene }) => {
          if (!gone) scene.current = mountScene(container, newest.current);
        })
        .catch(fallBack);
    }
    return () => {
      gone = true;
      watch.disconnect();
      onReady(false);
      scene.current?.end();
      scene.current = null;
    };
  }, [onReady]);
  return <div ref={holder} className="scene" />;
}
